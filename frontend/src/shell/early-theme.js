// Runs before the first paint: a chosen theme must not flash, and only a first visit has the introduction. The one script that is not a module.
try {
  const theme = localStorage.getItem("denoised-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  if (localStorage.getItem("denoised") === null) document.documentElement.dataset.visit = "first";
} catch {
  // A browser that refuses storage keeps the system's theme.
}
