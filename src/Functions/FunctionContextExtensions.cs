using System.Globalization;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions;

/// <summary>Reads queue message metadata from the binding data.</summary>
internal static class FunctionContextExtensions
{
    /// <summary>Gets the number of deliveries of the message, including this one. The host passes it as a string.</summary>
    public static int DequeueCount(this FunctionContext context) =>
        context.BindingContext.BindingData.TryGetValue("DequeueCount", out var value)
        && int.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : 1;
}
