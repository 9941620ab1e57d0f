using Denoised.LocalHost.Site;
using Microsoft.AspNetCore.Hosting.Server;

namespace Denoised.LocalHost.Settings;

/// <summary>Where the parts of a started runtime listen.</summary>
internal sealed class LocalAddresses(IServer api, HostSettings host)
{
    private Uri? site;

    /// <summary>The address that HTTP functions are under, with the route prefix and a slash at its end.</summary>
    public Uri Api => host.RoutePrefix.Length == 0 ? api.Address() : new Uri(api.Address(), host.RoutePrefix + "/");

    /// <summary>The page's address, with a slash at its end.</summary>
    public Uri Site
    {
        get => site ?? throw new InvalidOperationException("The page is not served yet.");
        set => site = value;
    }
}
