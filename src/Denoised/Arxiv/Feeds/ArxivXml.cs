using System.Xml;
using System.Xml.Linq;

namespace Denoised.Arxiv.Feeds;

/// <summary>Reads arXiv's XML one entry at a time. DTDs, entities and external resources are disabled.</summary>
internal static class ArxivXml
{
    public static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    public static readonly XNamespace Arxiv = "http://arxiv.org/schemas/atom";
    public static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";
    public static readonly XNamespace OpenSearch = "http://a9.com/-/spec/opensearch/1.1/";

    private static readonly XmlReaderSettings settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        // A stray control character in one abstract must not discard the other papers. ArxivText removes literal ones before parsing, and those
        // written as character references afterwards.
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = 64_000_000,
        MaxCharactersFromEntities = 1_000_000,
    };

    /// <summary>Enumerates the child elements of <paramref name="parents"/> in document order. The parents themselves are entered, not returned.</summary>
    /// <exception cref="ArxivException">The text is not XML, or is an HTML page.</exception>
    public static IEnumerable<XElement> Children(string xml, params IReadOnlyCollection<string> parents)
    {
        if (LooksLikeHtml(xml))
            throw new ArxivException(ArxivFailure.Malformed, "this is an HTML page, not XML: " + Beginning(xml));

        using var text = new StringReader(ArxivText.Printable(xml));
        using var reader = new ShallowXmlReader(XmlReader.Create(text, settings));
        var depth = 0;
        var more = Try(() => reader.Read());
        while (more)
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                more = Try(() => reader.Read());
                continue;
            }

            if (parents.Contains(reader.LocalName, StringComparer.Ordinal) && reader.Depth == depth)
            {
                depth++;
                more = Try(() => reader.Read());
                continue;
            }

            if (reader.Depth == 0)
                throw new ArxivException(ArxivFailure.Malformed, $"this is XML, but no feed: its outermost element is <{reader.LocalName}>.");

            // ReadFrom leaves the reader on the node after the element.
            XElement? element = null;
            more = Try(() =>
            {
                element = (XElement)XNode.ReadFrom(reader);
                return !reader.EOF;
            });
            yield return element!;
        }

        if (depth == 0)
            throw new ArxivException(ArxivFailure.Malformed, "this is not XML: it has no element. " + Beginning(xml));
    }

    /// <summary>The text of the first child with this name; null if missing or blank.</summary>
    public static string? Text(this XElement parent, XName name) =>
        parent.Element(name)?.Value is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    private static bool Try(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (XmlException exception)
        {
            throw new ArxivException(ArxivFailure.Malformed, "this is not well-formed XML: " + exception.Message, exception);
        }
    }

    private static bool LooksLikeHtml(string text)
    {
        var start = text.AsSpan().TrimStart('\ufeff').TrimStart();
        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Quotes the beginning of a response for a message: at most 120 characters, on one line.</summary>
    public static string Beginning(string text)
    {
        var line = ArxivText.Collapsed(text.Length > 400 ? text[..400] : text);
        return line.Length switch
        {
            0 => "it is empty.",
            > 120 => $"it begins '{ArxivText.Trimmed(line[..120])}…'.",
            _ => $"it reads '{line}'.",
        };
    }
}
