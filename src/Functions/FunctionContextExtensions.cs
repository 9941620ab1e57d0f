using System.Globalization;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions;

/// <summary>Reads what the host says of a queue's message.</summary>
internal static class FunctionContextExtensions
{
    /// <summary>How often the message has been delivered, this time included. The host gives it as a string.</summary>
    public static int DequeueCount(this FunctionContext context) =>
        context.BindingContext.BindingData.TryGetValue("DequeueCount", out var value)
        && int.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : 1;
}
