import { expect, test } from "vitest";
import { formatAddress, parseAddress } from "../src/pages/address.ts";

test.each([
  ["?q=gan", "gan", "/?q=gan"],
  ["?q=gan+", "gan ", "/?q=gan+"],
  ["?q=++gan+++", "gan ", "/?q=gan+"],
  ["?q=++", "", "/"],
])("keeps of the blanks around a query only one at its end: %s", (search, query, address) => {
  const parsed = parseAddress({ pathname: "/", search });
  expect(parsed.query).toBe(query);
  expect(formatAddress(parsed)).toBe(address);
});
