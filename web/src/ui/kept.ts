// Small choices kept on this phone (language, size of type). A browser that refuses storage keeps them until the page closes.
const here = new Map<string, string>();

export function kept(name: string): string | null {
  try {
    return localStorage.getItem(`daogang.${name}`) ?? here.get(name) ?? null;
  } catch {
    return here.get(name) ?? null;
  }
}

export function keep(name: string, value: string): void {
  here.set(name, value);
  try {
    localStorage.setItem(`daogang.${name}`, value);
  } catch {
    // Refused: the map above holds it for now.
  }
}
