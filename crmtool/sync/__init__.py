"""What sources say, brought into the records of people. Pure: observed and records in, plan out."""
