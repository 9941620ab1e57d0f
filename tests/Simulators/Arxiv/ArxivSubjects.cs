using System.Collections.Frozen;

namespace Denoised.Simulators.Arxiv;

/// <summary>The subjects of the simulated arXiv, with their display names.</summary>
internal static class ArxivSubjects
{
    private static readonly FrozenDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cs.AI"] = "Artificial Intelligence",
        ["cs.AR"] = "Hardware Architecture",
        ["cs.CC"] = "Computational Complexity",
        ["cs.CE"] = "Computational Engineering, Finance, and Science",
        ["cs.CG"] = "Computational Geometry",
        ["cs.CL"] = "Computation and Language",
        ["cs.CR"] = "Cryptography and Security",
        ["cs.CV"] = "Computer Vision and Pattern Recognition",
        ["cs.CY"] = "Computers and Society",
        ["cs.DB"] = "Databases",
        ["cs.DC"] = "Distributed, Parallel, and Cluster Computing",
        ["cs.DS"] = "Data Structures and Algorithms",
        ["cs.GR"] = "Graphics",
        ["cs.GT"] = "Computer Science and Game Theory",
        ["cs.HC"] = "Human-Computer Interaction",
        ["cs.IR"] = "Information Retrieval",
        ["cs.IT"] = "Information Theory",
        ["cs.LG"] = "Machine Learning",
        ["cs.LO"] = "Logic in Computer Science",
        ["cs.MA"] = "Multiagent Systems",
        ["cs.MM"] = "Multimedia",
        ["cs.NE"] = "Neural and Evolutionary Computing",
        ["cs.NI"] = "Networking and Internet Architecture",
        ["cs.RO"] = "Robotics",
        ["cs.SD"] = "Sound",
        ["cs.SE"] = "Software Engineering",
        ["cs.SI"] = "Social and Information Networks",
        ["eess.AS"] = "Audio and Speech Processing",
        ["eess.IV"] = "Image and Video Processing",
        ["eess.SP"] = "Signal Processing",
        ["eess.SY"] = "Systems and Control",
        ["math.NA"] = "Numerical Analysis",
        ["math.OC"] = "Optimization and Control",
        ["math.PR"] = "Probability",
        ["math.ST"] = "Statistics Theory",
        ["physics.comp-ph"] = "Computational Physics",
        ["q-bio.NC"] = "Neurons and Cognition",
        ["q-bio.QM"] = "Quantitative Methods",
        ["quant-ph"] = "Quantum Physics",
        ["stat.AP"] = "Applications",
        ["stat.CO"] = "Computation",
        ["stat.ME"] = "Methodology",
        ["stat.ML"] = "Machine Learning",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a subject exists, in this table or as a category of a paper.</summary>
    public static bool IsKnown(string subject, ArxivCatalogue catalogue) =>
        names.ContainsKey(subject) || catalogue.Days.Any(day => catalogue.On(day).Any(a => a.Paper.Categories.Contains(subject, StringComparer.Ordinal)));

    /// <summary>Gets a subject's name; the code if the name is unknown.</summary>
    public static string Name(string subject) => names.GetValueOrDefault(subject, subject);

    /// <summary>Formats name and code as in listings: <c>Machine Learning (cs.LG)</c>.</summary>
    public static string Display(string subject) => $"{Name(subject)} ({subject})";
}
