// Monthly cost by list prices: `dotnet run infra/cost.cs`, or with `-- 50 450` for other numbers of papers per day.
// Prints the table of docs/deploying.md. Adjust the prices and assumptions below to your region and contract.
#:property PublishAot=false

using System.Globalization;

const string PricesOf = "November 2026";

// The model and its list prices (Global Standard), in USD, are the defaults of main.bicep.
var model = DefaultOf("modelName");
var millionTokensIn = decimal.Parse(DefaultOf("inputPrice"), CultureInfo.InvariantCulture);
var millionTokensOut = decimal.Parse(DefaultOf("outputPrice"), CultureInfo.InvariantCulture);

// USD. The rest: pay as you go in East US, from the pricing pages of the services
// (azure.microsoft.com/pricing/details: functions, storage/blobs, storage/tables, storage/queues, monitor, bandwidth).
const decimal GigabyteSecond = 0.000026m;       // Flex Consumption, on demand
const decimal MillionExecutions = 0.40m;
const decimal TenThousandBlobWrites = 0.05m;    // hot, LRS
const decimal TenThousandBlobReads = 0.004m;
const decimal TenThousandTableOperations = 0.00036m;
const decimal TenThousandQueueOperations = 0.0004m;
const decimal GigabyteStored = 0.018m;
const decimal GigabyteLogged = 2.30m;
const decimal AlertRule = 0.50m;                // a log alert that is evaluated every 15 minutes or less often
const decimal GigabyteSent = 0.087m;

// Free monthly grants per subscription or billing account. Other apps share them.
const decimal FreeGigabyteSeconds = 100_000;
const decimal FreeExecutions = 250_000;
const decimal FreeGigabytesLogged = 5;
const decimal FreeGigabytesSent = 100;

// A month.
const decimal AnnouncementDays = 21;            // Monday to Friday, without arXiv's holidays
const decimal Days = 30;

// Per paper: text and prompt; summary and reasoning tokens. Includes repair calls, ignores the prompt cache.
const decimal TokensIn = 12_500;
const decimal TokensOut = 950;
// arXiv's crawl delay is 15 s over all instances. Counts an instance as busy all that time, which overestimates.
const decimal BusySecondsOfPaper = 20;
const decimal InstanceGigabytes = 2;
const decimal ExecutionsOfPaper = 8;            // includes deferrals
const decimal TableOperationsOfPaper = 60;
const decimal QueueOperationsOfPaper = 40;
const decimal MegabytesLoggedOfPaper = 0.1m;
const decimal WritesOfPaper = 14;               // its page and its share of the rebuilt day
// Per day, with or without papers.
const decimal BusySecondsOfDay = 600;
const decimal QueuePollsOfDay = 60_000;
const decimal MegabytesLoggedOfDay = 10;
// A thousand visits per day of 15 files and 0.4 MB. Readers load static files and start no function.
const decimal VisitsOfDay = 1_000;
const decimal FilesOfVisit = 15;
const decimal MegabytesOfVisit = 0.4m;
const decimal GigabytesHeld = 1;
const decimal AlertRules = 8;

var numbers = args.Length == 0 ? ["100", "300", "600"] : args;
var months = new List<(int PapersOfDay, decimal Model, decimal Functions, decimal Storage, decimal Monitoring)>();
foreach (var number in numbers)
{
    if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var papersOfDay))
    {
        Console.Error.WriteLine($"'{number}' is not a number of papers per day. Example: dotnet run infra/cost.cs -- 100 300 600");
        return 1;
    }

    months.Add(MonthOf(papersOfDay));
}

Console.WriteLine($"List prices of {PricesOf}, USD a month (21 announcement days), 1,000 visits a day:");
Console.WriteLine();
Row("USD a month, by papers a day", months.Select(month => month.PapersOfDay.ToString("N0", CultureInfo.InvariantCulture)));
Row("---", months.Select(_ => "---:"));
Row($"model ({model})", months.Select(month => Usd(month.Model)));
Row("function app", months.Select(month => Usd(month.Functions)));
Row("storage and transfer", months.Select(month => Usd(month.Storage)));
Row("logs and alerts", months.Select(month => Usd(month.Monitoring)));
Row("**together**", months.Select(month => $"**{Usd(month.Model + month.Functions + month.Storage + month.Monitoring)}**"));
Row("a paper", months.Select(month => month.PapersOfDay == 0
    ? "-"
    : Usd((month.Model + month.Functions + month.Storage + month.Monitoring) / (month.PapersOfDay * AnnouncementDays), digits: 3)));
return 0;

(int PapersOfDay, decimal Model, decimal Functions, decimal Storage, decimal Monitoring) MonthOf(int papersOfDay)
{
    var papers = papersOfDay * AnnouncementDays;
    var modelCost = papers * ((TokensIn * millionTokensIn) + (TokensOut * millionTokensOut)) / 1_000_000;

    var gigabyteSeconds = ((papers * BusySecondsOfPaper) + (Days * BusySecondsOfDay)) * InstanceGigabytes;
    var functions = (Above(gigabyteSeconds, FreeGigabyteSeconds) * GigabyteSecond)
        + (Above(papers * ExecutionsOfPaper, FreeExecutions) * MillionExecutions / 1_000_000);

    var visits = VisitsOfDay * Days;
    var storage = (papers * WritesOfPaper * TenThousandBlobWrites / 10_000)
        + (visits * FilesOfVisit * TenThousandBlobReads / 10_000)
        + (papers * TableOperationsOfPaper * TenThousandTableOperations / 10_000)
        + (((papers * QueueOperationsOfPaper) + (Days * QueuePollsOfDay)) * TenThousandQueueOperations / 10_000)
        + (GigabytesHeld * GigabyteStored)
        + (Above(visits * MegabytesOfVisit / 1_000, FreeGigabytesSent) * GigabyteSent);

    var gigabytesLogged = ((papers * MegabytesLoggedOfPaper) + (Days * MegabytesLoggedOfDay)) / 1_000;
    var monitoring = (Above(gigabytesLogged, FreeGigabytesLogged) * GigabyteLogged) + (AlertRules * AlertRule);
    return (papersOfDay, modelCost, functions, storage, monitoring);
}

static string DefaultOf(string parameter)
{
    var start = $"param {parameter} string = '";
    var template = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "main.bicep");
    return File.ReadLines(template).First(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..].TrimEnd('\'');
}

static decimal Above(decimal used, decimal free) => Math.Max(0, used - free);

static string Usd(decimal amount, int digits = 2) => amount.ToString($"F{digits}", CultureInfo.InvariantCulture);

static void Row(string name, IEnumerable<string> cells) => Console.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
