/** Writes addresses to the browser's history: late enough not to delay a search, seldom enough for browsers to accept it. */
import { type Address, formatAddress } from "./address.ts";

/** Browsers refuse more than a few calls of `replaceState` a second. */
const REPLACE_DELAY = 250;

export class AddressHistory {
  private replacing: ReturnType<typeof setTimeout> | undefined;
  private pending: Address | null = null;

  /** Adds an entry at the next `flush`. */
  push(address: Address): void {
    clearTimeout(this.replacing);
    this.pending = address;
  }

  /** Adds the pending entry now. `pushState` is slow, so the first key of a search is answered before it. */
  flush(): void {
    if (!this.pending) return;
    history.pushState(null, "", formatAddress(this.pending));
    this.pending = null;
  }

  /** Drops the pending entry, because the reader has gone back or forward. */
  discard(): void {
    this.pending = null;
  }

  /** Refines the current entry, as each further key of a search does. */
  replace(current: () => Address): void {
    clearTimeout(this.replacing);
    this.replacing = setTimeout(
      () => history.replaceState(null, "", formatAddress(current())),
      REPLACE_DELAY,
    );
  }
}
