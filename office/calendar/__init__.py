"""The Japanese year: 年度 from 1 April, eras of 和暦, dates as people write them."""
