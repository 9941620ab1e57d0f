using System.Diagnostics;
using System.Globalization;
using Denoised.EmbeddingTrainer;
using Denoised.Embeddings;
using Denoised.Summaries;

const string Usage = """
    Usage: dotnet run --project src/EmbeddingTrainer -c Release -- <command> --name value …
      train     makes the model's file
                --corpus abstracts.jsonl.gz --cache folder --output model.bin [--papers 30000] [--words 19000] [--entries 33000]
                [--rate 0.05] [--dropout 0.2] [--damping 0.05] [--decay 0] [--pair-share 0.3]
                [--encode yes|no: whether to encode papers that the cache lacks]
      tags      makes the tag model, and measures it on the labelled papers
                --corpus abstracts.jsonl.gz --references reference-papers.json --output tags.txt
      roles     makes the role model of sentences, and measures it on the half that is held out
                --corpus abstracts.jsonl.gz --labels sentence-roles.tsv --planted planted-sentences.txt --output roles.txt
      evaluate  what the model in the program reaches on papers it was not trained on
                --listings folder --corpus abstracts.jsonl.gz --cache folder --papers as in training [--model model.bin]
    """;

if (args.Length % 2 == 0)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

var options = args.Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
var watch = Stopwatch.StartNew();
string CachePath(string name) => Path.Combine(options["--cache"], name);
double Number(string name, double usual) => options.TryGetValue(name, out var value) ? double.Parse(value, CultureInfo.InvariantCulture) : usual;
void Log(string line) => Console.WriteLine($"{watch.Elapsed.TotalSeconds,6:F0} s  {line}");

switch (args[0])
{
    case "train":
        var files = new TrainingFiles(options["--corpus"], CachePath("papers.bin"), CachePath("entries.bin"), options.GetValueOrDefault("--encode") == "no");
        var size = new TrainingSize((int)Number("--papers", 30_000), (int)Number("--words", 19_000), (int)Number("--entries", 33_000), (float)Number("--pair-share", 0.3));
        var usual = new FitSettings();
        var settings = new FitSettings(
            (float)Number("--rate", usual.LearningRate), (float)Number("--damping", usual.Damping), Number("--dropout", usual.Dropout), (float)Number("--decay", usual.Decay));
        File.WriteAllBytes(options["--output"], new Training(files, size, settings, Log).Run());
        return 0;
    case "tags":
        var (file, leftOut) = new TagTraining(Paper.Shuffled(Paper.ReadAll(options["--corpus"]))).Fit(LabelledPaper.ReadAll(options["--references"]));
        File.WriteAllText(options["--output"], file);
        foreach (var line in TaggedPaper.Report(leftOut))
            Log(line);
        return 0;
    case "roles":
        var roles = new RoleTraining(Paper.Shuffled(Paper.ReadAll(options["--corpus"])), options["--labels"], options["--planted"]);
        File.WriteAllText(options["--output"], roles.Write());
        foreach (var line in roles.Report(RoleModel.Read(new StringReader(roles.Write()))))
            Log(line);
        return 0;
    case "evaluate":
        var corpus = Paper.Shuffled(Paper.ReadAll(options["--corpus"]));
        using (var teacher = new TeacherModel(CachePath("papers.bin")))
        {
            var projection = Training.FitProjection(teacher, corpus.Take((int)Number("--papers", 30_000)));
            var model = options.TryGetValue("--model", out var path) ? EmbeddingModel.Read(File.ReadAllBytes(path)) : EmbeddingModel.Shared;
            new Evaluation(model, options["--listings"], corpus, teacher, projection).Print();
        }

        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
