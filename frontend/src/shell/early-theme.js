// Runs before the first paint, so that neither the theme nor the introduction of a first visit flashes. The only script that is not a module.
try {
  const theme = localStorage.getItem("denoised-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  if (localStorage.getItem("denoised") === null) document.documentElement.dataset.visit = "first";
} catch {
  // Without storage the system's theme applies.
}
