namespace Denoised.TestSupport.Fuzzing;

/// <summary>A part of the product that reads what strangers write.</summary>
/// <param name="name">What the command calls it.</param>
/// <param name="mutator">Makes its inputs.</param>
internal abstract class FuzzTarget(string name, Mutator mutator) : IAsyncDisposable
{
    /// <summary>What the command calls it.</summary>
    public string Name { get; } = name;

    /// <summary>One input may take no longer than this.</summary>
    public TimeSpan MaxTime { get; protected init; } = TimeSpan.FromSeconds(2);

    /// <summary>One input may allocate no more bytes than this, all together.</summary>
    public long MaxAllocation { get; protected init; } = 256L * 1024 * 1024;

    /// <summary>The stack that the product gives this code, in bytes; a thread's usual one if 0.</summary>
    public int StackSize { get; protected init; }

    /// <summary>The input of a number.</summary>
    public byte[] Input(int seed, int number) => mutator.Mutate(seed, number);

    /// <summary>Reads an input as the product does.</summary>
    /// <returns>A word for how it ended. Only documented refusals are ends; whatever is thrown is a finding.</returns>
    public abstract string Read(byte[] input);

    /// <summary>What the product makes of an input that the worker process died of, where the product reads such inputs in a process of their own.</summary>
    /// <returns>A word for how it ended; null where the product would have died, too.</returns>
    public virtual Task<string?> ContainAsync(byte[] input) => Task.FromResult<string?>(null);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
