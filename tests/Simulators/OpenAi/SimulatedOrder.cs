namespace Denoised.Simulators.OpenAi;

/// <summary>A prompt injection and its effect on a model that follows it.</summary>
/// <param name="Triggers">Passages that identify the injection; any of them suffices. Ignores white space, case and zero-width characters.</param>
/// <param name="Says">The sentence to insert into all texts of the response.</param>
/// <param name="Tag">A tag to put first; null for none.</param>
public sealed record SimulatedOrder(IReadOnlyList<string> Triggers, string Says, string? Tag = null);
