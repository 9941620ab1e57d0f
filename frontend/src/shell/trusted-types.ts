/** The Trusted Types policy: scripts come from this site only. Browsers without Trusted Types use the plain address. */
const policy = (
  globalThis as unknown as {
    trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): string };
    };
  }
).trustedTypes?.createPolicy("denoised", {
  createScriptURL: (url) => {
    if (new URL(url, location.href).origin !== location.origin)
      throw new TypeError(`No script may come from ${url}.`);
    return url;
  },
});

export const scriptAddress = (url: string): string => policy?.createScriptURL(url) ?? url;
