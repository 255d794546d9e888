/** 95 % radius in metres by NACp; 0 says nothing. @source RTCA DO-260B, table of NACp (EPU) */
export const NACP_M = [undefined, 18_520, 7408, 3704, 1852, 926, 555.6, 185.2, 92.6, 30, 10, 3] as const;
/** 95 % bound in m/s by NACv. @source RTCA DO-260B, table of NACv */
export const NACV_MPS = [undefined, 10, 3, 1, 0.3] as const;
/** 95 % bound of the geometric altitude in metres by GVA; 3 is reserved. @source RTCA DO-260B, table of GVA */
export const GVA_M = [undefined, 150, 45] as const;
/** Containment radius in metres by NIC, the widest that its supplements allow. @source RTCA DO-260B, table of NIC */
export const NIC_M = [undefined, 37_040, 14_816, 7408, 3704, 1852, 1111.2, 370.4, 185.2, 75, 25, 7.5] as const;
/** Containment radius in metres by NUCp of the first version. @source RTCA DO-260, table of NUCp (HPL) */
export const NUCP_M = [undefined, 37_040, 18_520, 3704, 1852, 926, 370.4, 185.2, 25, 7.5] as const;
