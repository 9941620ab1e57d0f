using System.Text;
using System.Xml;

namespace Denoised.Simulators.Arxiv;

/// <summary>Writes XML as UTF-8 bytes.</summary>
internal static class XmlText
{
    public static byte[] Write(Action<XmlWriter> write, bool declaration = true)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
            // Line feeds in titles and abstracts are content.
            NewLineHandling = NewLineHandling.None,
            OmitXmlDeclaration = !declaration,
        };
        using (var xml = XmlWriter.Create(bytes, settings))
            write(xml);
        return bytes.ToArray();
    }

    /// <summary>Removes characters that are invalid in XML 1.0.</summary>
    public static string Clean(string text) =>
        text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.EnumerateRunes().Where(static rune => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value)).Select(static rune => rune.ToString()));
}
