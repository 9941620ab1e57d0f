namespace Denoised.Publishing.Tex;

/// <summary>A stretch of a text that was read as TeX.</summary>
/// <param name="Text">Plain text, or a formula as its authors wrote it, with its marks.</param>
/// <param name="IsMaths">Whether it is a formula.</param>
internal readonly record struct TexPiece(string Text, bool IsMaths);
