namespace Denoised.Simulators.OpenAi;

/// <summary>An order that a text may hold, and what a model says that obeys it.</summary>
/// <param name="Triggers">Passages of the text; any of them is enough, as white space, case and characters without width do not matter.</param>
/// <param name="Says">A sentence for all of the answer's texts.</param>
/// <param name="Tag">A tag to put first; null for none.</param>
public sealed record SimulatedOrder(IReadOnlyList<string> Triggers, string Says, string? Tag = null);
