using Denoised.Embeddings;

namespace Denoised.EmbeddingTrainer;

/// <summary>Evaluates a model on the listing days; none of their papers is in the training set.</summary>
internal sealed class Evaluation
{
    private const int Neighbours = 3;
    private const int ReadersPerDay = 20;
    private const int PapersWithParts = 500;

    private readonly Dictionary<string, Paper[]> days;
    private readonly Paper[] papers;
    private readonly Dictionary<string, Embedding> embedded;
    private readonly Dictionary<string, float[]> projected;
    private readonly Dictionary<string, float[]> full;
    private readonly Dictionary<string, float[]> centred;
    private readonly Dictionary<string, float[]> parts;
    private readonly EmbeddingModel model;
    private readonly TfIdf tfIdf;

    public Evaluation(EmbeddingModel model, string listings, IReadOnlyList<Paper> corpus, TeacherModel teacher, Projection projection)
    {
        this.model = model;
        days = Directory.EnumerateFiles(listings, "listing_*.jsonl").Order(StringComparer.Ordinal).ToDictionary(
            file => Path.GetFileNameWithoutExtension(file)["listing_".Length..],
            file => Paper.ReadAll(file).DistinctBy(paper => paper.Id).ToArray());
        papers = [.. Paper.Shuffled(days.Values.SelectMany(day => day))];
        foreach (var text in papers.Select(paper => TeacherText.Clean(paper.Text)).Concat(papers.Take(PapersWithParts).Select(TeacherText.SelectShortText)))
            teacher.Encode([text]);
        full = papers.ToDictionary(paper => paper.Id, paper => teacher.Find(TeacherText.Clean(paper.Text))!);
        centred = full.ToDictionary(vector => vector.Key, vector => projection.Center(vector.Value));
        projected = full.ToDictionary(vector => vector.Key, vector => projection.Project(vector.Value));
        parts = papers.Take(PapersWithParts).ToDictionary(paper => paper.Id, paper => projection.Project(teacher.Find(TeacherText.SelectShortText(paper))!));
        embedded = papers.ToDictionary(paper => paper.Id, paper => model.Embed(paper.Text));
        tfIdf = new TfIdf(corpus);
    }

    public void Print()
    {
        Console.WriteLine($"Papers: {papers.Length} of {days.Count} days.");
        Console.WriteLine($"Cosine to MiniLM (64 dimensions), papers: {papers.Average(paper => Cosine(embedded[paper.Id], projected[paper.Id])):F3}");
        Console.WriteLine($"The same, {parts.Count} titles and sentences: {papers.Take(parts.Count).Average(paper => Cosine(model.Embed(TeacherText.SelectShortText(paper)), parts[paper.Id])):F3}");
        PrintRanking();
        PrintTitles();
        PrintNeighbours();
    }

    private static double Cosine(Embedding embedding, float[] vector) => Dot([.. embedding.Components.ToArray().Select(value => (float)value)], vector) / 127;

    private static double Dot(float[] left, float[] right)
    {
        double sum = 0;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    private void PrintRanking()
    {
        var quantised = projected.ToDictionary(vector => vector.Key, vector => new Embedding(Array.ConvertAll(vector.Value, value => (int)(value * 1e6))));
        var teacher = new Measure("MiniLM, 384 floats", (left, right) => Dot(full[left.Id], full[right.Id]));
        Measure[] measures =
        [
            new("embedded model, 64 bytes", (left, right) => embedded[left.Id].Similarity(embedded[right.Id])),
            new("MiniLM, 64 bytes", (left, right) => quantised[left.Id].Similarity(quantised[right.Id])),
            teacher,
            new("MiniLM, 384 floats, centred", (left, right) => Dot(centred[left.Id], centred[right.Id])),
            new("TF-IDF", (left, right) => tfIdf.Similarity(left.Text, right.Text)),
        ];
        var ranking = new RankingMeasure(days);
        Reader[] categories = [.. ranking.ReadersOfCategories()];
        Reader[] neighbourhoods = [.. ranking.ReadersOfNeighbourhoods(teacher, ReadersPerDay)];
        Console.WriteLine($"Ranking for {categories.Length} readers of categories and {neighbourhoods.Length} readers of neighbourhoods:");
        Console.WriteLine("| measure | category: first tenth | AUC | neighbourhood: first tenth | AUC |");
        foreach (var measure in measures)
        {
            var (category, neighbourhood) = (ranking.Evaluate(measure, categories), ranking.Evaluate(measure, neighbourhoods));
            Console.WriteLine($"| {measure.Name} | {category.FirstTenth:F3} | {category.Auc:F3} | {neighbourhood.FirstTenth:F3} | {neighbourhood.Auc:F3} |");
        }
    }

    /// <summary>Ranks sentences of the own abstract against sentences of another abstract by similarity to the title: measures short texts.</summary>
    private void PrintTitles()
    {
        Measure[] measures =
        [
            new("embedded model", (left, right) => model.Embed(left.Title).Similarity(model.Embed(right.Abstract))),
            new("TF-IDF", (left, right) => tfIdf.Similarity(left.Title, right.Abstract)),
        ];
        foreach (var measure in measures)
        {
            var pairs = papers.SelectMany((paper, place) => Pairs(paper, papers[(place + 1) % papers.Length])).ToArray();
            bool[] ranked = [.. pairs.OrderByDescending(pair => measure.Similarity(pair.Title, pair.Sentence)).Select(pair => pair.IsOwn)];
            Console.WriteLine($"Title and a sentence of its own abstract before one of another's, {measure.Name}: AUC {RankingMeasure.Auc(ranked):F3}");
        }

        static IEnumerable<(Paper Title, Paper Sentence, bool IsOwn)> Pairs(Paper paper, Paper other)
        {
            foreach (var sentence in TeacherText.Sentences(paper.Abstract))
                yield return (paper, paper with { Abstract = sentence }, true);
            foreach (var sentence in TeacherText.Sentences(other.Abstract))
                yield return (paper, other with { Abstract = sentence }, false);
        }
    }

    private void PrintNeighbours()
    {
        Console.WriteLine("Nearest papers of ten:");
        foreach (var paper in papers.Take(10))
        {
            Console.WriteLine($"{paper.Id} {paper.Title}");
            foreach (var near in papers.Where(other => other.Id != paper.Id).OrderByDescending(other => embedded[paper.Id].Similarity(embedded[other.Id])).Take(Neighbours))
                Console.WriteLine($"    {embedded[paper.Id].Similarity(embedded[near.Id]):F2} {near.Id} {near.Title}");
        }
    }
}
