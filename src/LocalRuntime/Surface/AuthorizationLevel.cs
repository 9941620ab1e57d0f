namespace Microsoft.Azure.Functions.Worker;

/// <summary>What key a caller must send (header <c>x-functions-key</c>, or <c>?code=</c>).</summary>
public enum AuthorizationLevel
{
    /// <summary>None.</summary>
    Anonymous,

    /// <summary>A user's token; here the function key.</summary>
    User,

    /// <summary>A function or host key.</summary>
    Function,

    /// <summary>A system key; here the function key.</summary>
    System,

    /// <summary>The master key; here the function key.</summary>
    Admin,
}
