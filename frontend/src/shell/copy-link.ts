/** Copies the address of a paper's own page. */
import { keyOf } from "../templates/contexts.ts";

/** Returns what to tell the reader. */
export async function copyLink(id: string): Promise<string> {
  const address = `${location.origin}/papers/${keyOf(id)}/`;
  try {
    await navigator.clipboard.writeText(address);
    return "Link copied.";
  } catch {
    // The browser may refuse, and has no clipboard on an insecure address.
    return address;
  }
}
