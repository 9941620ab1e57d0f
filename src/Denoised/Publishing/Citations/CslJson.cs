using System.Text.Encodings.Web;
using System.Text.Json;
using Denoised.Publishing.Tex;

namespace Denoised.Publishing.Citations;

/// <summary>Writes citations as JSON of the Citation Style Language. Source: https://docs.citationstyles.org/en/stable/specification.html.</summary>
internal static class CslJson
{
    // The relaxed encoder keeps letters readable. It is safe because the output is never embedded in a page.
    private static readonly JsonWriterOptions options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes papers as one array.</summary>
    public static string Write(IReadOnlyList<Citation> papers)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, options))
        {
            json.WriteStartArray();
            foreach (var paper in papers)
                Write(json, paper);
            json.WriteEndArray();
        }

        bytes.WriteByte((byte)'\n');
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Citation paper)
    {
        json.WriteStartObject();
        json.WriteString("id", $"arxiv:{paper.Id}");
        json.WriteString("type", "article");
        json.WriteString("title", Citation.PlainLine(paper.Title));
        json.WriteStartArray("author");
        foreach (var author in paper.Authors.Select(PersonName.Parse))
        {
            json.WriteStartObject();
            WriteIfSet("non-dropping-particle", author.Particles);
            WriteIfSet("family", author.Family);
            WriteIfSet("given", author.Given);
            WriteIfSet("suffix", author.Suffix);
            WriteIfSet("literal", author.Literal);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("issued");
        json.WriteStartArray("date-parts");
        json.WriteStartArray();
        json.WriteNumberValue(paper.Date.Year);
        json.WriteNumberValue(paper.Date.Month);
        json.WriteNumberValue(paper.Date.Day);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("publisher", "arXiv");
        json.WriteString("number", $"arXiv:{paper.Id}");
        json.WriteString("version", $"v{paper.Version}");
        json.WriteString("DOI", paper.Doi);
        json.WriteString("URL", paper.Address);
        WriteIfSet("abstract", paper.Abstract is { } about ? TexReader.PlainText(about) : null);
        WriteIfSet("note", paper.JournalReference is { } journal ? Citation.PlainLine(journal) : null);
        json.WriteEndObject();

        void WriteIfSet(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                json.WriteString(name, value);
        }
    }
}
