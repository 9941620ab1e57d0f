using Denoised.Simulators.Arxiv;

namespace Denoised.Benchmarks.Faults;

/// <summary>
/// Faults for a tenth of arXiv's answers, every kind as often as its requests allow: a draw gives the kind that fits the request and was
/// met least. The API is asked a few times a day only, and one kind befalls nothing else, so it fails more often, and with that kind first.
/// </summary>
internal sealed class EvenFaults(ArxivSimulator arxiv, int seed)
{
    private const double Share = 0.1;
    private const double ShareOfApi = 0.5;
    private const int EmptyAnswers = 6;

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
            if (request.Service == ArxivService.Api && met.GetValueOrDefault(ArxivFault.EmptyAnswer) < EmptyAnswers)
                return ArxivFault.EmptyAnswer;
            return kinds.Where(kind => ArxivSimulator.Applies(kind, request.Service)).MinBy(kind => met.GetValueOrDefault(kind));
        }
    }
}
