"""Helpers of the tests: a stand-in engine, clients, servers, random models. No test is here."""
