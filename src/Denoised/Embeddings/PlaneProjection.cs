namespace Denoised.Embeddings;

/// <summary>
/// Places texts in a plane so that similar texts are near each other: t-SNE (van der Maaten and Hinton, 2008), started from the two principal components.
/// Deterministic, so a map changes little when a text is added. Quadratic in the number of texts.
/// </summary>
internal static class PlaneProjection
{
    /// <summary>The effective number of neighbours of a text.</summary>
    private const double Perplexity = 12;

    private const int Iterations = 400;
    private const int ExaggeratedIterations = 80;
    private const double Exaggeration = 4;

    /// <summary>The spread of the initial positions. Small, so that the first iterations form the groups.</summary>
    private const double InitialSpread = 1e-2;

    /// <summary>Projects texts.</summary>
    /// <returns>The position of each text, each coordinate from 0 to 1; the centre for a single text.</returns>
    public static IReadOnlyList<(double X, double Y)> Project(IReadOnlyList<Embedding> texts)
    {
        var points = PrincipalComponents(texts);
        if (texts.Count > 3)
            Descend(points, Affinities(texts));
        return Fit(points);
    }

    /// <summary>The probability that two texts are neighbours, symmetric, with the sum 1.</summary>
    private static double[][] Affinities(IReadOnlyList<Embedding> texts)
    {
        var count = texts.Count;
        var perplexity = Math.Min(Perplexity, (count - 1) / 3.0);
        var conditional = new double[count][];
        for (var row = 0; row < count; row++)
        {
            // The squared distance of two directions.
            var distances = new double[count];
            for (var other = 0; other < count; other++)
                distances[other] = 2 - (2 * texts[row].Similarity(texts[other]));
            conditional[row] = Neighbourhood(distances, row, Math.Log(perplexity));
        }

        var affinities = new double[count][];
        for (var row = 0; row < count; row++)
        {
            affinities[row] = new double[count];
            for (var other = 0; other < count; other++)
                affinities[row][other] = Math.Max(1e-12, (conditional[row][other] + conditional[other][row]) / (2 * count));
        }

        return affinities;
    }

    /// <summary>Finds, by bisection, the width of the neighbourhood at which its distribution has an entropy.</summary>
    private static double[] Neighbourhood(double[] distances, int self, double entropy)
    {
        var (precision, low, high) = (1.0, 0.0, double.PositiveInfinity);
        var shares = new double[distances.Length];
        var nearest = distances.Where((_, other) => other != self).Min();
        for (var attempt = 0; attempt < 50; attempt++)
        {
            double sum = 0;
            double weighted = 0;
            for (var other = 0; other < distances.Length; other++)
            {
                // Relative to the nearest text, so that the sum does not vanish.
                var distance = distances[other] - nearest;
                shares[other] = other == self ? 0 : Math.Exp(-distance * precision);
                sum += shares[other];
                weighted += distance * shares[other];
            }

            var difference = Math.Log(sum) + (precision * weighted / sum) - entropy;
            for (var other = 0; other < shares.Length; other++)
                shares[other] /= sum;
            if (Math.Abs(difference) < 1e-4)
                break;
            if (difference > 0)
                (low, precision) = (precision, double.IsPositiveInfinity(high) ? precision * 2 : (precision + high) / 2);
            else
                (high, precision) = (precision, (precision + low) / 2);
        }

        return shares;
    }

    private static void Descend((double X, double Y)[] points, double[][] affinities)
    {
        var count = points.Length;
        var velocity = new (double X, double Y)[count];
        var weights = new double[count][];
        for (var row = 0; row < count; row++)
            weights[row] = new double[count];
        var rate = Math.Max(10, count / (4 * Exaggeration));
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var exaggeration = iteration < ExaggeratedIterations ? Exaggeration : 1;
            var momentum = iteration < ExaggeratedIterations ? 0.5 : 0.8;
            double total = 0;
            for (var row = 0; row < count; row++)
            {
                for (var other = row + 1; other < count; other++)
                {
                    var (x, y) = (points[row].X - points[other].X, points[row].Y - points[other].Y);
                    var weight = 1 / (1 + (x * x) + (y * y));
                    weights[row][other] = weights[other][row] = weight;
                    total += 2 * weight;
                }
            }

            var gradients = new (double X, double Y)[count];
            for (var row = 0; row < count; row++)
            {
                var (affinity, weight) = (affinities[row], weights[row]);
                for (var other = 0; other < count; other++)
                {
                    var force = ((exaggeration * affinity[other]) - (weight[other] / total)) * weight[other];
                    gradients[row].X += 4 * force * (points[row].X - points[other].X);
                    gradients[row].Y += 4 * force * (points[row].Y - points[other].Y);
                }
            }

            for (var row = 0; row < count; row++)
            {
                velocity[row] = ((momentum * velocity[row].X) - (rate * gradients[row].X), (momentum * velocity[row].Y) - (rate * gradients[row].Y));
                points[row] = (points[row].X + velocity[row].X, points[row].Y + velocity[row].Y);
            }
        }
    }

    /// <summary>The first two principal components, by power iteration.</summary>
    private static (double X, double Y)[] PrincipalComponents(IReadOnlyList<Embedding> texts)
    {
        var rows = texts.Select(text => text.Components.ToArray().Select(component => (double)component).ToArray()).ToArray();
        for (var i = 0; i < Embedding.Dimensions && rows.Length > 0; i++)
        {
            var mean = rows.Average(row => row[i]);
            foreach (var row in rows)
                row[i] -= mean;
        }

        var first = Axis(rows);
        var x = rows.Select(row => Dot(row, first)).ToArray();
        foreach (var (row, length) in rows.Zip(x))
        {
            for (var i = 0; i < row.Length; i++)
                row[i] -= length * first[i];
        }

        var second = Axis(rows);
        var scale = Math.Max(1e-9, x.Select(Math.Abs).DefaultIfEmpty().Max()) / InitialSpread;
        return [.. x.Zip(rows, (length, row) => (length / scale, Dot(row, second) / scale))];
    }

    private static double[] Axis(double[][] rows)
    {
        // Any start that no axis is likely to be at a right angle to.
        var axis = Enumerable.Range(0, Embedding.Dimensions).Select(i => 1 / (1.0 + i)).ToArray();
        for (var iteration = 0; iteration < 30; iteration++)
        {
            var next = new double[Embedding.Dimensions];
            foreach (var row in rows)
            {
                var length = Dot(row, axis);
                for (var i = 0; i < next.Length; i++)
                    next[i] += length * row[i];
            }

            var norm = Math.Sqrt(Dot(next, next));
            if (norm < 1e-9)
                break;
            axis = Array.ConvertAll(next, component => component / norm);
        }

        return axis;
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    private static IReadOnlyList<(double X, double Y)> Fit((double X, double Y)[] points)
    {
        if (points.Length == 0)
            return [];
        var (left, right, top, bottom) = (points.Min(point => point.X), points.Max(point => point.X), points.Min(point => point.Y), points.Max(point => point.Y));
        return [.. points.Select(point => (Place(point.X, left, right), Place(point.Y, top, bottom)))];

        static double Place(double value, double low, double high) => high - low < 1e-12 ? 0.5 : (value - low) / (high - low);
    }
}
