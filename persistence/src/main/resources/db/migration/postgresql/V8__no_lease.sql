-- Nothing is held by leases: the journal fences writers, and downed_node decides which nodes go on.
drop table lease;
