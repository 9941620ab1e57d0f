namespace Denoised.LocalRuntime.Settings;

/// <summary>Where the parts of a started runtime listen.</summary>
internal sealed class LocalAddresses
{
    private Uri? api;
    private Uri? site;

    /// <summary>The address that HTTP functions are under, with the route prefix and a slash at its end.</summary>
    public Uri Api
    {
        get => api ?? throw new InvalidOperationException("The HTTP functions do not listen yet.");
        set => api = value;
    }

    /// <summary>The page's address, with a slash at its end.</summary>
    public Uri Site
    {
        get => site ?? throw new InvalidOperationException("The page is not served yet.");
        set => site = value;
    }
}
