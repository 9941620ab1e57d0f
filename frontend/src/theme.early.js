// Runs before the first paint, so that a chosen theme does not flash: the one script that is not a module.
try {
  const theme = localStorage.getItem("denoised-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // A browser that refuses storage keeps the system's theme.
}
