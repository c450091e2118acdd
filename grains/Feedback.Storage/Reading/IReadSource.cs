using System.Data.Common;

namespace Feedback.Storage.Reading;

/// <summary>Connections for reading, and the little that the two databases spell differently. Everything else is one SQL for both.</summary>
internal interface IReadSource : IAsyncDisposable
{
    /// <summary>Opens a connection, usually one from a pool.</summary>
    ValueTask<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>
    /// Whether an error only shows that a pooled connection had broken since it was used last, as all do when the server
    /// restarts. Then those in the pool are given up, and the query deserves another attempt.
    /// </summary>
    bool WasStale(Exception error);

    /// <summary>
    /// A table in parentheses with one column <c>item</c>: the texts of a parameter. Queries begin with it and go on with
    /// <c>cross join</c>, which SQLite takes in the order written: a probe per item, never a scan that looks for the items.
    /// </summary>
    string TableOfTexts(string parameter);

    /// <summary>The value for a parameter of <see cref="TableOfTexts"/>.</summary>
    object ValueOfTexts(IEnumerable<string> items);

    /// <summary>A table in parentheses with one column <c>item</c>: the byte strings of a parameter.</summary>
    string TableOfBytes(string parameter);

    /// <summary>The value for a parameter of <see cref="TableOfBytes"/>.</summary>
    object ValueOfBytes(IEnumerable<byte[]> items);
}
