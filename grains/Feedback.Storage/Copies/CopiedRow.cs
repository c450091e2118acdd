using System.Data.Common;
using System.Globalization;

namespace Feedback.Storage.Copies;

/// <summary>Reads a row of either database.</summary>
internal static class CopiedRow
{
    /// <summary>The columns of a table, selected in their order.</summary>
    public static object?[] Read(DbDataReader reader, CopiedTable table)
    {
        var row = new object?[table.Columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = reader.IsDBNull(i) ? null : table.Columns[i].Holds switch
            {
                Held.Text or Held.Bytes => reader.GetFieldValue<byte[]>(i),
                Held.Flag => Convert.ToBoolean(reader.GetValue(i), CultureInfo.InvariantCulture),
                _ => reader.GetInt64(i),
            };
        }

        return row;
    }
}
