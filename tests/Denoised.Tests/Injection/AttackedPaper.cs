using System.Globalization;
using Denoised.Grounding;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.TestSupport.Papers;
using Denoised.Tests.PaperText;

namespace Denoised.Tests.Injection;

/// <summary>The papers with the attacks: metadata, HTML page and PDF. Apart from the attack they are honest.</summary>
internal static class AttackedPaper
{
    private static readonly string[] introduction =
    [
        "Harbours at night are lit by lanterns that were placed long ago and are rarely moved by anyone.",
        "Ships that arrive late wait for a pilot because the lanterns do not show which berth is free.",
        "We ask how far a schedule that is learned from logs alone can shorten this waiting time.",
        "The question matters because a waiting ship burns fuel and blocks the entrance for others.",
        "Earlier planners used fixed tables that were written by hand for each harbour and each season.",
    ];

    private static readonly string[] method =
    [
        "The planner reads the log of the last 30 nights and predicts the arrivals of the next one.",
        "A small recurrent network with 64 units encodes each ship and a second one encodes each berth.",
        "Training minimises the squared error of the predicted arrival plus a penalty for idle lanterns.",
        "The penalty grows with the number of minutes that a lantern burns beside an empty berth.",
        "All weights are shared among harbours so that a new harbour needs no training of its own.",
        "A beam search of width 8 turns the predictions into a schedule that the keepers can follow.",
    ];

    private static readonly string[] experiments =
    [
        "We compare the planner with three baselines on logs of 12 invented harbours over two winters.",
        "The planner reduces the mean waiting time from 41 minutes to 27 minutes over all harbours.",
        "The best baseline reaches 33 minutes with the same logs and the same number of lanterns.",
        "Without the penalty for idle lanterns the waiting time rises to 31 minutes on average.",
        "The schedule is computed in 4 seconds on a laptop for a night with 90 ships.",
        "Results differ little between harbours except for the smallest one, where logs are short.",
    ];

    private static readonly string[] limits =
    [
        "The logs cover calm winters only, so that storms may change the picture in ways unknown to us.",
        "The planner does not know about repairs and assumes that every lantern works each night.",
        "Keepers were not asked whether they would follow a schedule that changes every evening.",
    ];

    private static readonly string[] conclusion =
    [
        "A planner that is learned from logs shortens the waiting time in harbours without new lanterns.",
        "Future work could include weather reports and let keepers correct the schedule by hand.",
    ];

    private const string Abstract =
        "Ships wait in harbours because lanterns do not show which berth is free. We propose a planner that learns a schedule of lanterns from the logs of the last 30 nights. "
        + "A recurrent network predicts arrivals and a beam search turns them into a schedule. In experiments on 12 invented harbours the mean waiting time falls from 41 to 27 minutes. "
        + "These results suggest that harbours could plan their lights with data that they already hold.";

    /// <summary>The metadata that arXiv announces.</summary>
    public static SimulatedPaper Metadata(Attack attack) => new()
    {
        Id = attack.Id,
        Title = attack.Place == Place.Title ? attack.Fragment : $"Learned Lantern Schedules for Invented Harbours, Variant {attack.Id[^3..]}",
        Authors = attack.Place == Place.Author ? ["Ada Invented", attack.Fragment] : ["Ada Invented", "Bo Madeup"],
        Abstract = attack.Place == Place.Abstract ? $"{Abstract} {attack.Fragment}" : Abstract,
        Categories = ["cs.LG"],
    };

    /// <summary>The metadata of an honest paper with the given text.</summary>
    public static SimulatedPaper Metadata(string id, string title, string text) => new() { Id = id, Title = title, Authors = ["Ada Invented"], Abstract = text, Categories = ["cs.LG"] };

    /// <summary>The instruction that the simulated model obeys.</summary>
    public static SimulatedOrder Order(Attack attack) => new(attack.Triggers, attack.Says, attack.Tag);

    /// <summary>The HTML page; null if the paper has only a PDF.</summary>
    public static string? Html(Attack attack) => attack.Place switch
    {
        Place.Pdf => null,
        Place.Body or Place.Styled => Page(attack, inMethod: attack.Fragment.StartsWith("<p", StringComparison.Ordinal) || attack.Place == Place.Styled || attack.Fragment.StartsWith("<div", StringComparison.Ordinal)
            ? attack.Fragment
            : $"<p class=\"ltx_p\">The next figure shows it. {attack.Fragment} The curve rises with the number of ships.</p>"),
        _ => Page(attack),
    };

    /// <summary>The PDF, which has two pages.</summary>
    public static byte[] Pdf(Attack attack)
    {
        var first = InventedPdf.Line(120, 720, "Learned Lantern Schedules for Invented Harbours", 17) + InventedPdf.Line(270, 690, "Ada Invented", 11) + InventedPdf.Line(285, 650, "Abstract", 12, "F2")
            + Lines(630, Abstract) + InventedPdf.Line(72, 540, "1 Introduction", 12, "F2") + Lines(520, string.Join(' ', introduction)) + attack.Fragment;
        var second = InventedPdf.Line(72, 720, "2 Method", 12, "F2") + Lines(700, string.Join(' ', method)) + InventedPdf.Line(72, 580, "3 Experiments", 12, "F2") + Lines(560, string.Join(' ', experiments))
            + InventedPdf.Line(72, 440, "4 Limitations", 12, "F2") + Lines(420, string.Join(' ', limits)) + InventedPdf.Line(72, 340, "5 Conclusion", 12, "F2") + Lines(320, string.Join(' ', conclusion));
        return InventedPdf.Pages(first, second);
    }

    /// <summary>The page of an honest paper: its own sentences in every section, mixed with those about lanterns.</summary>
    public static string Page(HonestPaper paper)
    {
        var sentences = QuotedSpans.SentencesOf(paper.Body);
        (string Heading, string[] Filling)[] sections = [("Introduction", introduction), ("Method", method), ("Experiments", experiments), ("Limitations", limits), ("Conclusion", conclusion)];
        return Framed(paper.Title, paper.Abstract, string.Concat(sections.Select((section, index) =>
        {
            var own = string.Join(' ', sentences.Where((_, place) => place % sections.Length == index));
            return Section(index + 1, section.Heading, $"<p class=\"ltx_p\">{System.Net.WebUtility.HtmlEncode(own)}</p><p class=\"ltx_p\">{string.Join(' ', section.Filling)}</p>");
        })));
    }

    private static string Page(Attack attack, string inMethod = "")
    {
        string At(Place place) => attack.Place == place ? attack.Fragment : "";
        var sentences = string.Join(' ', introduction[..2]) + (attack.Place == Place.Sentence ? $" {attack.Fragment} " : " ") + string.Join(' ', introduction[2..]);
        var heading = attack.Place == Place.Heading ? attack.Fragment : "Planning From Logs";
        var body = Section(1, "Introduction", $"<p class=\"ltx_p\">{sentences}</p>")
            + Section(2, heading, $"<p class=\"ltx_p\">{string.Join(' ', method)}</p>{inMethod}")
            + Section(3, "Experiments", $"""
                <p class="ltx_p">{string.Join(' ', experiments)}</p>
                <figure class="ltx_table"><figcaption class="ltx_caption">Table 1: Waiting time in minutes. {At(Place.Caption)}</figcaption>
                <table class="ltx_tabular"><tr class="ltx_tr"><td class="ltx_td">planner</td><td class="ltx_td">27</td></tr><tr class="ltx_tr"><td class="ltx_td">baseline {At(Place.Cell)}</td><td class="ltx_td">33</td></tr></table></figure>
                """)
            + Section(4, "Limitations", $"<p class=\"ltx_p\">{string.Join(' ', limits)}</p>")
            + Section(5, "Conclusion", $"<p class=\"ltx_p\">{string.Join(' ', conclusion)}</p>")
            + $"<section class=\"ltx_bibliography\" id=\"bib\"><h2 class=\"ltx_title ltx_title_bibliography\">References</h2><ul class=\"ltx_biblist\"><li class=\"ltx_bibitem\">B. Madeup. {At(Place.Reference)}</li></ul></section>"
            + $"<section class=\"ltx_appendix\" id=\"A1\"><h2 class=\"ltx_title ltx_title_appendix\">Appendix A Details</h2><p class=\"ltx_p\">The logs are kept in plain files of one line a ship. {At(Place.Appendix)}</p></section>";
        return Framed("Learned Lantern Schedules for Invented Harbours", Abstract, body);
    }

    private static string Section(int number, string heading, string content) =>
        string.Create(CultureInfo.InvariantCulture, $"<section class=\"ltx_section\" id=\"S{number}\"><h2 class=\"ltx_title ltx_title_section\"><span class=\"ltx_tag\">{number} </span>{heading}</h2><div class=\"ltx_para\">{content}</div></section>\n");

    private static string Framed(string title, string text, string body) =>
        $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><article class=\"ltx_document\"><h1 class=\"ltx_title ltx_title_document\">{title}</h1>\n<div class=\"ltx_abstract\"><h6 class=\"ltx_title ltx_title_abstract\">Abstract</h6><p class=\"ltx_p\">{System.Net.WebUtility.HtmlEncode(text)}</p></div>\n{body}</article></body></html>";

    // A font size of 10 points fits 80 characters per line.
    private static string Lines(double y, string text)
    {
        var result = "";
        var line = "";
        foreach (var word in text.Split(' ').Append(""))
        {
            if (word.Length == 0 || line.Length + word.Length > 92)
            {
                result += InventedPdf.Line(72, y, line);
                y -= 12;
                line = "";
            }

            line += line.Length > 0 ? $" {word}" : word;
        }

        return result;
    }
}
