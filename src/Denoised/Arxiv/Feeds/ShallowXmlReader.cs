using System.Xml;

namespace Denoised.Arxiv.Feeds;

/// <summary>
/// Rejects XML nested deeper than any arXiv response: building the tree is quadratic in depth, since each added element is compared with all its
/// ancestors.
/// </summary>
internal sealed class ShallowXmlReader(XmlReader inner) : XmlReader
{
    /// <summary>The maximum depth; arXiv's responses stay below 10.</summary>
    public const int MaxDepth = 64;

    public override int AttributeCount => inner.AttributeCount;

    public override string BaseURI => inner.BaseURI;

    public override int Depth => inner.Depth;

    public override bool EOF => inner.EOF;

    public override bool IsEmptyElement => inner.IsEmptyElement;

    public override string LocalName => inner.LocalName;

    public override string NamespaceURI => inner.NamespaceURI;

    public override XmlNameTable NameTable => inner.NameTable;

    public override XmlNodeType NodeType => inner.NodeType;

    public override string Prefix => inner.Prefix;

    public override ReadState ReadState => inner.ReadState;

    public override string Value => inner.Value;

    /// <inheritdoc/>
    /// <exception cref="XmlException">The text is not XML or exceeds the maximum depth.</exception>
    public override bool Read()
    {
        var more = inner.Read();
        return inner.Depth <= MaxDepth ? more : throw new XmlException($"Its elements nest more than {MaxDepth} deep.");
    }

    public override string GetAttribute(int i) => inner.GetAttribute(i);

    public override string? GetAttribute(string name) => inner.GetAttribute(name);

    public override string? GetAttribute(string name, string? namespaceURI) => inner.GetAttribute(name, namespaceURI);

    public override string? LookupNamespace(string prefix) => inner.LookupNamespace(prefix);

    public override bool MoveToAttribute(string name) => inner.MoveToAttribute(name);

    public override bool MoveToAttribute(string name, string? ns) => inner.MoveToAttribute(name, ns);

    public override bool MoveToElement() => inner.MoveToElement();

    public override bool MoveToFirstAttribute() => inner.MoveToFirstAttribute();

    public override bool MoveToNextAttribute() => inner.MoveToNextAttribute();

    public override bool ReadAttributeValue() => inner.ReadAttributeValue();

    public override void ResolveEntity() => inner.ResolveEntity();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
