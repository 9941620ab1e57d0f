namespace Denoised.EmbeddingTrainer;

/// <summary>Trains a model on the corpus and creates its file.</summary>
internal sealed class Training(TrainingFiles files, TrainingSize size, FitSettings settings, Action<string> log)
{
    /// <summary>Words and pairs are short and of similar length, so batching makes encoding cheaper. It does not for papers.</summary>
    private const int EntryBatch = 64;

    private const int HeldOutEvery = 10;

    public byte[] Run()
    {
        var all = Paper.Shuffled(Paper.ReadAll(files.Corpus));
        using var papers = new TeacherModel(files.PaperCache, files.IsPaperCacheReadOnly);
        log($"{all.Count} papers, {papers.Count} texts encoded");
        if (!files.IsPaperCacheReadOnly)
            Encode(papers, [.. all.Take(size.Papers).SelectMany(paper => new[] { TeacherText.Clean(paper.Text), TeacherText.SelectShortText(paper) })], batch: 1);
        Paper[] taught = [.. all.Take(size.Papers).Where(paper => papers.Find(TeacherText.Clean(paper.Text)) != null && papers.Find(TeacherText.SelectShortText(paper)) != null)];
        var projection = FitProjection(papers, taught);
        log($"{taught.Length} papers to learn from");

        using var entryCache = new TeacherModel(files.EntryCache);
        var words = Entries.WithWords(all, size.Words);
        var candidates = words.WithFrequentPairs(all);
        log($"{words.Count} words, {candidates.Pairs.Count} pairs to choose from");
        var wordVectors = new Fit(InitialVectors(words, entryCache, projection, all.Count), settings)
            .Run(Examples(words, taught, papers, projection, heldOut: false), Examples(words, taught, papers, projection, heldOut: true), log);
        var entries = candidates.WithPairs(MostTellingPairs(candidates, wordVectors, Examples(candidates, taught, papers, projection, heldOut: false)), all);
        log($"{entries.Count} entries, {entries.Pairs.Count} of them pairs");

        var vectors = new Fit(InitialVectors(entries, entryCache, projection, all.Count), settings)
            .Run(Examples(entries, taught, papers, projection, heldOut: false), Examples(entries, taught, papers, projection, heldOut: true), log);
        return ModelFile.Write(entries, vectors);
    }

    /// <summary>Fits the projection to the vectors of the cached papers.</summary>
    public static Projection FitProjection(TeacherModel teacher, IEnumerable<Paper> papers) =>
        new([.. papers.Select(paper => teacher.Find(TeacherText.Clean(paper.Text))).OfType<float[]>()]);

    /// <summary>Selects the pairs that reduce the error most: their papers' residuals agree in direction more than chance explains.</summary>
    private IEnumerable<int> MostTellingPairs(Entries candidates, float[][] wordVectors, List<Example> examples)
    {
        var sums = candidates.Pairs.ConvertAll(_ => new float[Projection.Dimensions]);
        var noise = new double[candidates.Pairs.Count];
        var counts = new int[candidates.Pairs.Count];
        foreach (var example in examples)
        {
            int[] words = Array.FindAll(example.Entries, entry => entry < candidates.Words.Count);
            var residual = Fit.Residual(Fit.Sum(wordVectors, words), example.Target);
            var square = residual.Sum(value => (double)value * value);
            foreach (var pair in example.Entries.Where(entry => entry >= candidates.Words.Count).Distinct().Select(entry => entry - candidates.Words.Count))
            {
                for (var i = 0; i < residual.Length; i++)
                    sums[pair][i] += residual[i];
                noise[pair] += square;
                counts[pair]++;
            }
        }

        const double Prior = 20;
        double Gain(int pair) => (sums[pair].Sum(value => (double)value * value) - noise[pair]) / (counts[pair] + Prior);
        return Enumerable.Range(0, candidates.Pairs.Count).OrderByDescending(Gain).ThenBy(pair => pair).Take(size.Entries - candidates.Words.Count);
    }

    /// <summary>Gets the projected MiniLM vector of each entry, weighted by inverse document frequency.</summary>
    private float[][] InitialVectors(Entries entries, TeacherModel cache, Projection projection, int paperCount)
    {
        string[] texts = [.. Enumerable.Range(0, entries.Count).Select(entries.Text)];
        Encode(cache, texts, EntryBatch);
        float[][] encoded = [.. texts.Select(text => cache.Find(text)!)];
        double[] mean = [.. Enumerable.Range(0, TeacherModel.Dimensions).Select(i => encoded.Average(vector => (double)vector[i]))];
        return [.. encoded.Select((vector, entry) => Weighted(projection.Project(vector, mean), Weight(entry)))];

        float Weight(int entry) => (entry < entries.Words.Count ? 1 : size.PairShare) * (float)Math.Log(paperCount / (1.0 + entries.PaperCounts[entry])) / 10;
        static float[] Weighted(float[] vector, float weight) => Array.ConvertAll(vector, value => value * weight);
    }

    private static List<Example> Examples(Entries entries, Paper[] papers, TeacherModel teacher, Projection projection, bool heldOut)
    {
        var examples = new List<Example>();
        for (var i = 0; i < papers.Length; i++)
        {
            if ((i % HeldOutEvery == 0) != heldOut)
                continue;
            Add(papers[i].Text, TeacherText.Clean(papers[i].Text));
            if (!heldOut)
                Add(TeacherText.SelectShortText(papers[i]), TeacherText.SelectShortText(papers[i]));
        }

        return examples;

        void Add(string text, string teacherText)
        {
            var read = entries.Read(text);
            if (read.Length > 0)
                examples.Add(new Example(read, projection.Project(teacher.Find(teacherText)!)));
        }
    }

    private void Encode(TeacherModel teacher, IReadOnlyList<string> texts, int batch)
    {
        foreach (var (index, part) in texts.Chunk(batch).Index())
        {
            teacher.Encode(part);
            if (index % 500 == 0)
                log($"{(index + 1) * batch} of {texts.Count} texts encoded");
        }
    }
}

/// <summary>The paths of the corpus and of the MiniLM vector caches. Papers missing in a read-only cache are skipped.</summary>
internal sealed record TrainingFiles(string Corpus, string PaperCache, string EntryCache, bool IsPaperCacheReadOnly);

/// <summary>
/// The size of the training: the number of papers, of words, and of words and pairs together. A pair's vector corrects the sum of its words' vectors;
/// it starts as a fraction of MiniLM's vector for the pair.
/// </summary>
internal sealed record TrainingSize(int Papers, int Words, int Entries, float PairShare);
