using System.Text;

namespace Denoised.PaperText.Affiliations;

/// <summary>
/// The lines of a paper's author block, as a reader of HTML or PDF finds them: names, institutions, addresses and notes, split at the raised marks that
/// connect a name with its institution. Bounded, since a paper may contain anything.
/// </summary>
internal sealed class AuthorBlock
{
    private const int MaxLines = 400;
    private const int MaxLineLength = 2000;

    private readonly List<AuthorLine> lines = [];
    private readonly StringBuilder text = new();
    private List<AuthorPiece> pieces = [];
    private string? mark;

    /// <summary>The lines, in order.</summary>
    public IReadOnlyList<AuthorLine> Lines => lines;

    /// <summary>Appends text to the current line.</summary>
    public void Append(string appended)
    {
        if (text.Length < MaxLineLength)
            text.Append(appended.AsSpan(0, Math.Min(appended.Length, MaxLineLength - text.Length)));
    }

    /// <summary>Appends a raised mark. It belongs to the text after it where it begins a line, and to the name before it elsewhere.</summary>
    public void AppendMark(string raised)
    {
        EndPiece();
        mark = raised.Trim() is { Length: <= 12 } trimmed ? trimmed : "";
    }

    /// <summary>Ends a line of print whose text continues on the next one; a hyphen at its end goes.</summary>
    public void EndWrappedLine()
    {
        if (text.Length > 1 && text[^1] == '-' && char.IsLower(text[^2]))
            text.Length--;
        else
            Append(" ");
    }

    /// <summary>Ends the current line.</summary>
    /// <param name="isLabelled">Whether the markup says that the line is an institution.</param>
    /// <param name="isNote">Whether the line is a footnote, which may be about anything.</param>
    public void EndLine(bool isLabelled = false, bool isNote = false)
    {
        EndPiece();
        mark = null;
        if (pieces.Count > 0 && lines.Count < MaxLines)
            lines.Add(new AuthorLine(pieces, isLabelled, isNote));
        pieces = [];
    }

    private void EndPiece()
    {
        if (!string.IsNullOrWhiteSpace(text.ToString()))
        {
            pieces.Add(new AuthorPiece(mark, text.ToString()));
            mark = null;
        }

        text.Clear();
    }
}

/// <summary>A line of an author block.</summary>
/// <param name="Pieces">The text between the marks.</param>
/// <param name="IsLabelled">Whether the markup says that the line is an institution.</param>
/// <param name="IsNote">Whether the line is a footnote.</param>
internal sealed record AuthorLine(IReadOnlyList<AuthorPiece> Pieces, bool IsLabelled, bool IsNote);

/// <summary>A part of a line.</summary>
/// <param name="Mark">The raised mark before the text; null if there is none.</param>
/// <param name="Text">The text.</param>
internal sealed record AuthorPiece(string? Mark, string Text);
