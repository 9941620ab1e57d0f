/** The map of a day: keeps the middle of the drawing when the reader zooms. Without JavaScript, the corner stays. */
export function startMap(): void {
  const drawing = document.querySelector<HTMLElement>(".drawing")!;
  let middle = { x: 0.5, y: 0.5 };
  drawing.addEventListener("scroll", () => {
    middle = {
      x: (drawing.scrollLeft + drawing.clientWidth / 2) / drawing.scrollWidth,
      y: (drawing.scrollTop + drawing.clientHeight / 2) / drawing.scrollHeight,
    };
  });
  for (const radio of document.querySelectorAll('[name="zoom"]'))
    radio.addEventListener("change", () =>
      drawing.scrollTo({
        left: middle.x * drawing.scrollWidth - drawing.clientWidth / 2,
        top: middle.y * drawing.scrollHeight - drawing.clientHeight / 2,
        behavior: "instant",
      }),
    );
}
