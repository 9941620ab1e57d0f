// How far Denoised goes: `dotnet run infra/scale.cs` (or `-- --seed 7 --papers 500 20000 --readers 5000000`). Simulates one day, event by event, from a
// seed: papers that wait for arXiv's pages and for the model, and readers that load files. Prints the tables of docs/scale.md. What was measured, what is a
// limit of a service and what is assumed stands below, each with its source.
#:property PublishAot=false

using System.Globalization;

// ---- arXiv: robots.txt (crawl delay) and our margins (Arxiv:PageInterval, Arxiv:ClockMargin, the answer itself).
const double SecondsOfPage = 15 + 2 + 1;
const double HtmlShare = 0.88;                  // papers with usable HTML; the others take a second page, the PDF. Assumed
const double LongestLine = 24 * 3600;           // who would wait longer is summarized from the abstract (FullTextSource)

// ---- The model: list prices, the defaults of main.bicep; a deployment's tokens a minute are a setting of ours and a quota of the subscription.
const double TokensIn = 12_500, TokensInOfAbstract = 1_600, TokensOut = 900;
const double RepairShare = 0.08;                // second questions. Assumed
const double MedianLatency = 9, LatencySpread = 0.45;
double usdMillionIn = DefaultOf("inputPrice"), usdMillionOut = DefaultOf("outputPrice");

// ---- Blob Storage: scalability targets of a standard account; prices of East US, hot, LRS.
const double RequestsOfAccount = 20_000;        // a second; 40,000 in some regions
const double GigabitsOfAccount = 60;            // a second, outgoing; 120 in some regions
const double UsdTenThousandReads = 0.004, UsdGigabyteSent = 0.087, FreeGigabytesOfDay = 100.0 / 30;

// ---- The page, measured on the day of 262 papers (docs/performance.md).
const double KilobytesOfFirstVisit = 38.4, FilesOfFirstVisit = 10;
const double KilobytesOfReturn = 22, FilesOfReturn = 3;   // the assets are held by the browser; front page, index and first cards are new. Assumed
const double KilobytesOfCard = 0.27, KilobytesOfPaper = 1.32; // compressed in parts of 32, with a model's summary
const int PapersInPart = 32, PartsKept = 16;    // who does something gets the day's parts, so that it can be read without a network (frontend/src/pages/day-page.ts)
const double ActingShare = 0.8;                 // of visits: search, open, filter. Assumed
const double ReturningShare = 0.7;              // assumed
const double PeakHourShare = 0.10;              // of a day's visits in its busiest hour. Assumed: one continent's morning

var seed = 1;
var papers = new List<int>();
var readers = new List<int>();
List<int>? target = null;
foreach (var argument in args)
{
    if (argument is "--papers")
        target = papers;
    else if (argument is "--readers")
        target = readers;
    else if (argument is "--seed")
        target = null;
    else if (!int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        return Complain($"'{argument}' is no number. Example: dotnet run infra/scale.cs -- --seed 7 --papers 500 20000 --readers 5000000");
    else if (target is null)
        seed = number;
    else
        target.Add(number);
}

if (papers.Count == 0)
    papers = [100, 300, 1_000, 5_000, 10_000];
if (readers.Count == 0)
    readers = [1_000, 100_000, 1_000_000, 10_000_000];
const int HeavyDay = 262;

Console.WriteLine($"Papers of one announcement, seed {seed}. In brackets the setting: thousands of tokens a minute (DENOISED_MODEL_CAPACITY).");
Console.WriteLine();
Row(["papers a day", "read in full", "from the abstract", "half done after", "all done after", "model calls a minute at most", "tokens", "USD a day", "first to give way"]);
Row(Enumerable.Repeat("---:", 9));
foreach (var count in papers)
{
    foreach (var capacity in count > 1_000 ? new[] { 100, 1_000 } : [100])
        PrintPapers(count, capacity, seed);
}

Console.WriteLine();
Console.WriteLine($"Readers of one day, seed {seed}: files from Blob Storage, no function.");
Console.WriteLine();
Row(["readers a day", "papers that day", "requests", "requests a second, busiest minute", "share of the account's limit", "Gbit/s, busiest minute", "share of the limit", "GB sent", "USD a day"]);
Row(Enumerable.Repeat("---:", 9));
foreach (var count in readers)
    PrintReaders(count, HeavyDay, seed);
PrintReaders(readers.Max(), papers.Max(), seed);
return 0;

void PrintPapers(int count, int capacity, int seed)
{
    var random = new Random(seed);
    var pageFree = 0.0;
    var ready = new List<(double At, bool InFull)>(count);
    for (var paper = 0; paper < count; paper++)
    {
        var pages = random.NextDouble() < HtmlShare ? 1 : 2;
        if (pageFree + (pages * SecondsOfPage) > LongestLine)
        {
            // Known at once: the line is longer than a day.
            ready.Add((0, false));
            continue;
        }

        pageFree += pages * SecondsOfPage;
        ready.Add((pageFree, true));
    }

    // The model: a bucket of one minute's tokens, filled evenly, charged when a call begins.
    ready.Sort();
    var perSecond = capacity * 1000 / 60.0;
    double bucket = capacity * 1000, clock = 0;
    var tokens = 0.0;
    var usd = 0.0;
    var done = new List<double>(count);
    var minutes = new Dictionary<int, int>();
    foreach (var (at, inFull) in ready)
    {
        var finished = at;
        var calls = random.NextDouble() < RepairShare ? 2 : 1;
        for (var call = 0; call < calls; call++)
        {
            var input = (inFull ? TokensIn : TokensInOfAbstract) + (call * TokensOut);
            var used = input + TokensOut;
            var begin = Math.Max(finished, clock);
            bucket = Math.Min(capacity * 1000, bucket + ((begin - clock) * perSecond));
            if (bucket < used)
            {
                begin += (used - bucket) / perSecond;
                bucket = used;
            }

            bucket -= used;
            clock = begin;
            tokens += used;
            usd += ((input * usdMillionIn) + (TokensOut * usdMillionOut)) / 1_000_000;
            var minute = (int)(begin / 60);
            minutes[minute] = minutes.GetValueOrDefault(minute) + 1;
            finished = begin + (MedianLatency * Math.Exp(LatencySpread * Normal(random)));
        }

        done.Add(finished);
    }

    done.Sort();
    var full = ready.Count(paper => paper.InFull);
    var pagesLast = full == 0 ? 0 : ready.Where(paper => paper.InFull).Max(paper => paper.At);
    var gives = full < count ? "arXiv's pages" : done[^1] > pagesLast + 600 ? "the model's tokens" : pagesLast > 8 * 3600 ? "the next collection comes first" : "nothing";
    Row([
        $"{Number(count)} [{Number(capacity)}]", Number(full), Number(count - full), Time(done[count / 2]), Time(done[^1]), Number(minutes.Values.Max()),
        $"{tokens / 1_000_000:F1} M", usd.ToString("F2", CultureInfo.InvariantCulture), gives,
    ]);
}

static void PrintReaders(int count, int papersOfDay, int seed)
{
    var parts = Math.Min(PartsKept, (papersOfDay + PapersInPart - 1) / PapersInPart);
    var papersKept = Math.Min(papersOfDay, parts * PapersInPart);
    var random = new Random(seed);
    // Visits of the busiest hour by minute; the others do not matter for the peak. Sampled for large numbers by their share.
    var visits = (long)count;
    double requests = 0, kilobytes = 0;
    const int Sample = 200_000;
    var sampled = (int)Math.Min(visits, Sample);
    var minutes = new double[60];
    var minutesKilobytes = new double[60];
    var weight = (double)visits / sampled;
    for (var visit = 0; visit < sampled; visit++)
    {
        var isReturn = random.NextDouble() < ReturningShare;
        var isActing = random.NextDouble() < ActingShare;

        // The first part's cards are there already.
        var files = (isReturn ? FilesOfReturn : FilesOfFirstVisit) + (isActing ? (2 * parts) - 1 : 0);
        var size = (isReturn ? KilobytesOfReturn : KilobytesOfFirstVisit) + (isActing ? papersKept * (KilobytesOfCard + KilobytesOfPaper) : 0);
        requests += files * weight;
        kilobytes += size * weight;
        if (random.NextDouble() < PeakHourShare)
        {
            // People come at the full hour.
            var minute = (int)(60 * Math.Pow(random.NextDouble(), 1.4));
            minutes[minute] += files * weight;
            minutesKilobytes[minute] += size * weight;
        }
    }

    var busiest = minutes.Max() / 60;
    var gigabits = minutesKilobytes.Max() * 8 / 60 / 1_000_000;
    var gigabytes = kilobytes / 1_000_000;
    var usd = (requests / 10_000 * UsdTenThousandReads) + (Math.Max(0, gigabytes - FreeGigabytesOfDay) * UsdGigabyteSent);
    Row([
        Number(visits), Number(papersOfDay), Number((long)requests), busiest.ToString("N1", CultureInfo.InvariantCulture), Percent(busiest / RequestsOfAccount), gigabits.ToString("N3", CultureInfo.InvariantCulture),
        Percent(gigabits / GigabitsOfAccount), gigabytes.ToString("N1", CultureInfo.InvariantCulture), usd.ToString("N2", CultureInfo.InvariantCulture),
    ]);
}

static double DefaultOf(string parameter)
{
    var start = $"param {parameter} string = '";
    var template = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "main.bicep");
    return double.Parse(File.ReadLines(template).First(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..].TrimEnd('\''), CultureInfo.InvariantCulture);
}

static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

static string Percent(double share) => share.ToString(share < 0.1 ? "P2" : "P0", CultureInfo.InvariantCulture);

static string Time(double seconds) => seconds < 5400 ? $"{seconds / 60:F0} min" : $"{seconds / 3600:F1} h";

static void Row(IEnumerable<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

static int Complain(string message)
{
    Console.Error.WriteLine(message);
    return 1;
}
