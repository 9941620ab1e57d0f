using System.Globalization;
using Denoised.Simulators;
using Denoised.TestSupport.Papers;

namespace Denoised.Benchmarks;

/// <summary>Measures the institutions that the product finds in real papers against those found by hand.</summary>
internal static class AffiliationEvaluation
{
    /// <param name="arguments">A folder with <c>html</c> and <c>pdf</c>; by default that of the real data.</param>
    public static int Run(string[] arguments)
    {
        if ((arguments is [var given] ? given : RealData.Find("arxiv")) is not { } folder)
        {
            Console.Error.WriteLine("The real papers are not on this machine.");
            return 1;
        }

        foreach (var set in JudgedAffiliations.ReadAll().GroupBy(paper => paper.Set))
        {
            var (papers, missing, found, right, wanted, recalled) = (0, 0, 0, 0, 0, 0);
            foreach (var paper in set)
            {
                if (paper.Find(folder) is not { } names)
                {
                    missing++;
                    continue;
                }

                papers++;
                found += names.Count;
                right += names.Count(paper.IsRight);
                wanted += paper.Institutions.Count;
                recalled += paper.Recalled(names);
                foreach (var name in names.Where(name => !paper.IsRight(name)))
                    Console.WriteLine($"  {paper.Id}: wrong: {name}");
                foreach (var name in paper.Institutions.Where(name => !names.Any(other => paper.Recalled([other]) > 0 && string.Equals(other, name, StringComparison.OrdinalIgnoreCase))))
                    Console.WriteLine($"  {paper.Id}: not found: {name}");
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{set.Key}: {papers} papers ({missing} not in {folder}); precision {right} of {found} ({100.0 * right / Math.Max(found, 1):0.0} %), recall {recalled} of {wanted} ({100.0 * recalled / Math.Max(wanted, 1):0.0} %)"));
        }

        return 0;
    }
}
