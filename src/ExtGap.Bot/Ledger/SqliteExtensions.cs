using Microsoft.Data.Sqlite;

namespace ExtGap.Bot.Ledger;

/// <summary>Statements in one line each.</summary>
internal static class SqliteExtensions
{
    public static void Execute(this SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // All SQL here is written by this program; values go in as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public static long ReadInt64(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)(command.ExecuteScalar() ?? throw new InvalidOperationException($"No answer to {sql}."));
    }

    /// <summary>A statement to be run many times; its parameters are the <c>$names</c> in it, in order of appearance.</summary>
    public static SqliteCommand Prepare(this SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var word in sql.Split([' ', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Where(word => word[0] == '$').Distinct(StringComparer.Ordinal))
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = word });
        }

        command.Prepare();
        return command;
    }

    /// <summary>Runs a prepared statement with the values of its parameters in order.</summary>
    public static void Run(this SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }
}
