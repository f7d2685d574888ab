// Places where this organisation has published before: their name brings position and fence along.
import { useQuery } from "@tanstack/vue-query";
import { computed, type ComputedRef, type Ref } from "vue";
import { api, body } from "@/api/client";
import type { Answer } from "@/api/types";
import type { Spot } from "./rows";

type PostView = Answer<"PostView">;
export interface KnownPlace extends Spot {
  place: string;
}

/** One entry a name, of the newest post there; where no name was given there is none. */
export function placesOf(posts: readonly Pick<PostView, "place" | "position" | "fence">[]): KnownPlace[] {
  const byName = new Map<string, KnownPlace>();
  for (const { place, position, fence } of posts) if (place !== "" && !byName.has(place)) byName.set(place, { place, position, fence });
  return [...byName.values()];
}

/** Enough posts to hold all places of a community. */
const PAGES = 3;

async function fetchPosts(organization: number): Promise<PostView[]> {
  const posts: PostView[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const answer: Answer<"Page_PostView"> = await body(api.GET("/api/v1/posts", { params: { query: { organization_id: organization, limit: 100, cursor } } }));
    posts.push(...answer.items);
    cursor = answer.next ?? undefined;
    if (!cursor) break;
  }
  return posts;
}

export function useKnownPlaces(organization: Ref<number | null>): ComputedRef<KnownPlace[]> {
  const asked = useQuery({
    queryKey: computed(() => ["posts", "places", organization.value]),
    queryFn: () => fetchPosts(organization.value!),
    enabled: computed(() => organization.value !== null),
    staleTime: 60_000,
  });
  return computed(() => placesOf(asked.data.value ?? []));
}
