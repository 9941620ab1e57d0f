using System.Text.Json.Serialization;
using Denoised.Domain;

namespace Denoised.Delivery;

/// <summary>The state of the newest delivery of a channel. Stored and served by name.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<DeliveryState>))]
public enum DeliveryState
{
    /// <summary>Nothing was sent yet.</summary>
    Idle,

    /// <summary>A worker holds the lease and may have sent the request.</summary>
    Sending,

    /// <summary>The receiver accepted the message.</summary>
    Sent,

    /// <summary>The receiver did not accept the message. It will be sent again.</summary>
    Retrying,

    /// <summary>The receiver refused the message, or the attempts took too long. It will not be sent again.</summary>
    Failed,

    /// <summary>The request may have arrived. It will not be sent again, because that could deliver the message twice.</summary>
    Uncertain,
}
