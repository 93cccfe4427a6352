using OrleansShop.Testing.PostgreSql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgreSqlFixture))]
