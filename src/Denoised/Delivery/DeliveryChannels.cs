namespace Denoised.Delivery;

/// <summary>The channels of the operator.</summary>
public sealed class DeliveryChannels
{
    /// <summary>Creates the list.</summary>
    internal DeliveryChannels(IReadOnlyList<IDeliveryChannel> all) => Configured = [.. all.Where(channel => channel.IsConfigured)];

    /// <summary>The channels that the operator has configured.</summary>
    internal IReadOnlyList<IDeliveryChannel> Configured { get; }
}
