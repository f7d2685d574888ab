// Words of the pages in src/features/accounts, in English.
export default {
  title: "Daogang",
  about: "Take a post, check in on the spot, see your service record",
  ended: "Your sign-in has run out. Sign in once more and you return to where you were",
  account: "Account",
  password: "Password",
  see: "Show password",
  hide: "Hide password",
  sign_in: "Sign in",
  signing_in: "Signing in",
  missing: "Please fill in account and password",
  lost: "Password lost? Your unit's officer or your community sets a new one.",
  demo: "This is a demonstration city. Its accounts were printed at the start; every password is daogang-demo.",
} as const;
