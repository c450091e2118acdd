using System.Data.Common;
using Feedback.Domain.Journal;

namespace Feedback.Storage.Reading;

/// <summary>Reads the columns that both databases give alike.</summary>
internal static class Fields
{
    /// <summary>A text's UTF-8, or bytes, as they are stored.</summary>
    public static byte[] Bytes(this DbDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    /// <summary>128 bits.</summary>
    public static Opaque Opaque(this DbDataReader row, int column) => Domain.Journal.Opaque.FromBytes(row.Bytes(column));
}
