using OrleansShop.Testing.DynamoDB;
using OrleansShop.Testing.Turns;
using Xunit;

[assembly: AssemblyFixture(typeof(DynamoDBFixture))]
[assembly: AssemblyFixture(typeof(MachineTurn))]
