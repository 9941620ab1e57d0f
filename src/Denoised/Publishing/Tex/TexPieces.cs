using System.Text;

namespace Denoised.Publishing.Tex;

/// <summary>Collects formulas and the plain text between them.</summary>
internal sealed class TexPieces
{
    private readonly List<TexPiece> pieces = [];
    private readonly StringBuilder plain = new();

    /// <summary>Appends plain text.</summary>
    public void Append(string text) => plain.Append(text);

    /// <summary>Appends a character of plain text.</summary>
    public void Append(char character) => plain.Append(character);

    /// <summary>Adds pieces after the plain text so far.</summary>
    public void Add(params IEnumerable<TexPiece> added)
    {
        Flush();
        pieces.AddRange(added);
    }

    /// <summary>The pieces, including the plain text so far.</summary>
    public List<TexPiece> ToList()
    {
        Flush();
        return pieces;
    }

    /// <summary>Removes the white space at the end of the plain text.</summary>
    public void TrimEnd()
    {
        while (plain.Length > 0 && char.IsWhiteSpace(plain[^1]))
            plain.Length--;
    }

    /// <summary>Appends a space, unless the text begins here or already ends in white space.</summary>
    public void AppendSpace()
    {
        if (plain.Length > 0 ? !char.IsWhiteSpace(plain[^1]) : pieces.Count > 0)
            plain.Append(' ');
    }

    private void Flush()
    {
        if (plain.Length > 0)
            pieces.Add(new TexPiece(plain.ToString(), IsMaths: false));
        plain.Clear();
    }
}
