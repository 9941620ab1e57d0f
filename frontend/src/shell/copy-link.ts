/** Copies the address of a paper's own page. */
import { keyOf } from "../templates/contexts.ts";

/** Returns the text of the notification. */
export async function copyLink(id: string): Promise<string> {
  const address = `${location.origin}/papers/${keyOf(id)}/`;
  try {
    await navigator.clipboard.writeText(address);
    return "Link copied.";
  } catch {
    // The browser may refuse access; on an insecure address there is no clipboard.
    return address;
  }
}
