/** The 404 page: links a paper that the site no longer holds to arXiv. */
import { paperAt } from "./address.ts";

const id = paperAt(location.pathname);
if (id && /^(\d{4}\.\d{4,5}|[a-z-]+\/\d{7})$/.test(id)) {
  const place = document.getElementById("onarxiv")!;
  const link = place.querySelector("a")!;
  link.href = `https://arxiv.org/abs/${id}`;
  link.textContent = `arXiv:${id}`;
  place.hidden = false;
}
