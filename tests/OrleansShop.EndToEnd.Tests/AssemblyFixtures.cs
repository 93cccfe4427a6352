using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.PostgreSql;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Turns;
using Xunit;

[assembly: AssemblyFixture(typeof(DynamoDBFixture))]
[assembly: AssemblyFixture(typeof(PostgreSqlFixture))]
[assembly: AssemblyFixture(typeof(SqsFixture))]
[assembly: AssemblyFixture(typeof(MachineTurn))]
