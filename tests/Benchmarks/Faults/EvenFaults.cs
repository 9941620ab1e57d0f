using Denoised.Simulators.Arxiv;

namespace Denoised.Benchmarks.Faults;

/// <summary>
/// Faults for a tenth of arXiv's answers, every kind as often as its requests allow: a draw gives the kind that fits the request and was
/// met least. The API is asked a few times a day only, and two kinds befall nothing else, so it fails more often.
/// </summary>
internal sealed class EvenFaults(ArxivSimulator arxiv, int seed)
{
    private const double Share = 0.1;
    private const double ShareOfApi = 0.5;

    private static readonly ArxivFault[] kinds = Enum.GetValues<ArxivFault>();

    private readonly Lock gate = new();
    private readonly Random random = new(seed);

    public ArxivFault? For(ArxivRequest request)
    {
        lock (gate)
        {
            if (random.NextDouble() >= (request.Service == ArxivService.Api ? ShareOfApi : Share))
                return null;
            var met = arxiv.Faults.Counts;
            return kinds.Where(kind => ArxivSimulator.Applies(kind, request.Service)).MinBy(kind => met.GetValueOrDefault(kind));
        }
    }
}
