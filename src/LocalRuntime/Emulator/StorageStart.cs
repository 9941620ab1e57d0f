using Azure;
using Denoised.LocalRuntime.Terminal;

namespace Denoised.LocalRuntime.Emulator;

/// <summary>
/// What is asked of storage when the process starts: many requests, each of which the storage client has repeated already. The host, too, asks again where its
/// storage fails while it starts.
/// </summary>
internal sealed class StorageStart(LiveConsole console)
{
    private const int Tries = 3;

    /// <summary>Does something that can be done again, up to three times as long as storage cannot be reached, or fails on its side.</summary>
    /// <exception cref="RequestFailedException">Storage refused, or failed each time; several such failures of one request come in an <see cref="AggregateException"/>.</exception>
    public async Task AskAsync(Func<Task> request)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await request();
                return;
            }
            catch (Exception exception) when (attempt < Tries && IsPassing(exception))
            {
                console.WriteLine($"Storage does not answer: {exception.Message.Split('\n')[0].TrimEnd()} Trying again ...");
            }
        }
    }

    private static bool IsPassing(Exception exception) =>
        exception is AggregateException { InnerExceptions: [.., var last] } ? IsPassing(last) : exception is RequestFailedException { Status: 0 or >= 500 };
}
