using Denoised.Delivery.Webhooks;
using Denoised.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Delivery;

/// <summary>Registers the delivery of digests to the operator.</summary>
public static class DeliveryServices
{
    /// <summary>Adds the delivery of digests to the operator.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddKnownSettings<WebhookOptions>(WebhookOptions.Section);
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WebhookNetwork>();
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<WebhookChannel>();
        services.AddSingleton(provider => new DeliveryChannels([provider.GetRequiredService<WebhookChannel>()]));
        services.AddSingleton<DeliveryTable>();
        services.AddSingleton<DeliveryReader>();
        services.AddSingleton<DeliveryHandler>();
        services.AddSingleton<IPublicationObserver, DeliveryScheduler>();
        return services;
    }
}
