using Denoised.LocalHost.Site;
using Microsoft.AspNetCore.Hosting.Server;

namespace Denoised.LocalHost.Settings;

/// <summary>The addresses of a started runtime.</summary>
internal sealed class LocalAddresses(IServer api, HostSettings host)
{
    private Uri? site;

    /// <summary>The base address of the HTTP functions, including the route prefix and a trailing slash.</summary>
    public Uri Api => host.RoutePrefix.Length == 0 ? api.Address() : new Uri(api.Address(), host.RoutePrefix + "/");

    /// <summary>The page's address, with a trailing slash.</summary>
    public Uri Site
    {
        get => site ?? throw new InvalidOperationException("The page is not served yet.");
        set => site = value;
    }
}
