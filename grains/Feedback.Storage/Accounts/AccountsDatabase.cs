using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Feedback.Storage.Accounts;

/// <summary>The table of accounts: a file of its own on SQLite, a schema of its own on PostgreSQL.</summary>
internal sealed class AccountsDatabase(DbContextOptions<AccountsDatabase> options) : DbContext(options)
{
    public DbSet<AccountRow> Accounts => Set<AccountRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<AccountRow>(row =>
    {
        row.ToTable("people", Database.IsNpgsql() ? AccountsSchema.PostgresSchema : null);
        row.HasKey(account => account.Id);
        row.Property(account => account.Id).HasColumnName("id");
        row.Property(account => account.UserName).HasColumnName("name");
        row.Property(account => account.NormalizedUserName).HasColumnName("name_key");
        row.Property(account => account.PasswordHash).HasColumnName("password_hash");
        row.Property(account => account.SecurityStamp).HasColumnName("security_stamp");
        row.Property(account => account.ConcurrencyStamp).HasColumnName("concurrency_stamp").IsConcurrencyToken();
        row.Property(account => account.AccessFailedCount).HasColumnName("failures");
        row.Property(account => account.LockedUntil).HasColumnName("locked_until");
        row.Property(account => account.Grants).HasColumnName("grants");
        row.Property(account => account.Disabled).HasColumnName("disabled");
        row.Property(account => account.Factor).HasColumnName("factor");
        row.Property(account => account.FactorStep).HasColumnName("factor_step");
        row.Property(account => account.RecoveryCodes).HasColumnName("recovery_codes");
        row.Property(account => account.FactorFailures).HasColumnName("factor_failures");
        row.Property(account => account.FactorLockedUntil).HasColumnName("factor_locked_until");
        row.Property(account => account.External).HasColumnName("external");
        row.Property(account => account.ExternalSubject).HasColumnName("external_subject");
        row.Property(account => account.Email).HasColumnName("email");
        row.Property(account => account.Staff).HasColumnName("staff");
        WithoutContacts(row);
    });

    // Identity knows these; nobody is found or proven by an address here, and for the rest we do not ask.
    private static void WithoutContacts(EntityTypeBuilder<AccountRow> row)
    {
        row.Ignore(account => account.NormalizedEmail);
        row.Ignore(account => account.EmailConfirmed);
        row.Ignore(account => account.PhoneNumber);
        row.Ignore(account => account.PhoneNumberConfirmed);
        row.Ignore(account => account.TwoFactorEnabled);
        row.Ignore(account => account.LockoutEnd);
        row.Ignore(account => account.LockoutEnabled);
    }
}
